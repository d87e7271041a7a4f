"""keras<3"""
from setuptools import setup

old = ["keras<3"]
version = "2.15"
setup(
    name="tensorflow",
    install_requires=["keras>=3", f"tensorflow=={version}", "tensorflow>=2." + "16"],
    keywords=["tensorflow==2.15"],
    description="keras<3",
)
print(["tensorflow<2.16"])
