"""What a rule reports: findings and their fixes."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, IntEnum

from k3ls.text import Edit


class Severity(Enum):
    """How much a finding matters.

    `ERROR`: Keras 3 raises. `WARNING`: Keras 3 behaves differently. `INFORMATION`: it only
    ties the code to TensorFlow, or Keras 3 does something else where nothing is said.
    """

    ERROR = "error"
    WARNING = "warning"
    INFORMATION = "information"


class Applicability(IntEnum):
    """How far a fix can be trusted, as in ruff.

    `SAFE`: the same values on every supported backend. `UNSAFE`: right in the usual case; the
    fix's title or the finding says what to check. `DISPLAY`: a beginning that a person completes.
    """

    DISPLAY = 0
    UNSAFE = 1
    SAFE = 2


@dataclass(frozen=True, slots=True)
class Fix:
    """Edits that belong together, with the imports they need.

    Attributes:
        title: what it does, as shown in an editor's menu.
    """

    title: str
    edits: tuple[Edit, ...]
    applicability: Applicability


@dataclass(frozen=True, slots=True)
class Finding:
    """Something in the text that Keras 3 changes.

    Attributes:
        start: the byte offset where it begins.
        end: the byte offset where it ends.
        message: what happens at run time and what to do.
        fixes: the alternatives, the preferred one first.
        definitions: the byte ranges of the names of the class and the methods that the fixes
            rewrite, where an editor offers them too.
        whole_module: whether it depends on the module as a whole, not on this place alone.
        early: whether its fix goes before others at the same place, which would hide what it is
            judged by.
    """

    code: str
    name: str
    message: str
    start: int
    end: int
    severity: Severity
    fixes: tuple[Fix, ...] = ()
    definitions: tuple[tuple[int, int], ...] = ()
    whole_module: bool = False
    early: bool = False
