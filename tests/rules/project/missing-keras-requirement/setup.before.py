from setuptools import setup

setup(install_requires=['numpy', 'tensorflow'], extras_require={"cpu": ["tensorflow-cpu"]})
