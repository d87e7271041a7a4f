from setuptools import setup

setup(install_requires=["tensorflow", *read("requirements.txt")])
