import sys

from setuptools import setup

EXTRAS = {
    "gpu": ["tensorflow-gpu>=2.4"],  # keras<3
    "tests": ["pytest", "keras==2.11"],
}
requirements = ["numpy"]
requirements += ["tensorflow-cpu<2.16"]
if sys.platform == "darwin":
    tensorflow = "tensorflow-macos<2.16"
else:
    tensorflow = "tensorflow<2.16"

setup(
    name="keras<3",
    install_requires=requirements + ["keras>=2.4, <3", tensorflow],
    extras_require=EXTRAS,
    tests_require=('tensorflow == 2.15',),
)
