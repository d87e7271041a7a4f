from setuptools import setup

setup(install_requires=['numpy', 'keras>=3', 'tensorflow'], extras_require={"cpu": ["tensorflow-cpu"]})
