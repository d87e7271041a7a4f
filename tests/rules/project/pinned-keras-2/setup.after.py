import sys

from setuptools import setup

EXTRAS = {
    "gpu": ["tensorflow>=2.16"],  # keras<3
    "tests": ["pytest", "keras>=3"],
}
requirements = ["numpy"]
requirements += ["tensorflow-cpu>=2.16"]
if sys.platform == "darwin":
    tensorflow = "tensorflow-macos>=2.16"
else:
    tensorflow = "tensorflow>=2.16"

setup(
    name="keras<3",
    install_requires=requirements + ["keras>=3", tensorflow],
    extras_require=EXTRAS,
    tests_require=('tensorflow >= 2.16',),
)
