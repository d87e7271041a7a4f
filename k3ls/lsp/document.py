"""One version of an open document, and the engine's view of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from lsprotocol import types
from pygls.uris import to_fs_path

from k3ls.dependencies import is_python
from k3ls.engine import Analysis, analyse
from k3ls.engine.project import Project
from k3ls.semantics import Module
from k3ls.settings import Settings
from k3ls.syntax import SyntaxTree, parse
from k3ls.text import Edit, Position, PositionEncoding, Source


@dataclass(frozen=True)
class Document:
    """One version of an open document; a change makes another one.

    Attributes:
        tree: None for a text that isn't Python.
        encoding: what the columns of the client's positions count.
        project: knows the files around it, as they are on disk.
    """

    uri: str
    version: int
    source: Source
    tree: SyntaxTree | None
    settings: Settings
    encoding: PositionEncoding
    project: Project

    @classmethod
    def opened(
        cls,
        item: types.TextDocumentItem,
        settings: Settings,
        encoding: PositionEncoding,
        project: Project,
    ) -> Document:
        """The document as the client opens it."""
        source = Source.from_text(item.text)
        # A client may show every TOML file, most of which say nothing about requirements.
        python = item.language_id == "python" and is_python(to_fs_path(item.uri) or item.uri)
        tree = parse(source.data) if python else None
        return cls(item.uri, item.version, source, tree, settings, encoding, project)

    @property
    def filename(self) -> str:
        """Its path, or its URI if it is no file."""
        return to_fs_path(self.uri) or self.uri

    def changed(
        self, version: int, changes: Sequence[types.TextDocumentContentChangeEvent]
    ) -> Document:
        """The document after `changes`, each of which has the positions that the last one left."""
        source = self.source
        edits: list[Edit] = []
        for change in changes:
            start, end = 0, len(source.data)
            if isinstance(change, types.TextDocumentContentChangePartial):
                start = self._offset(source, change.range.start)
                end = max(start, self._offset(source, change.range.end))
            edit = Edit(start, end, change.text)
            edits.append(edit)
            source = source.with_data(
                source.data[:start] + Source.from_text(change.text).data + source.data[end:]
            )
        tree = self.tree.edited(source.data, edits) if self.tree is not None else None
        if tree is not None and tree.root.has_error:
            # How an error is got over depends on the tree before; the findings must not.
            tree = parse(source.data)
        return replace(self, version=version, source=source, tree=tree)

    @cached_property
    def analysis(self) -> Analysis:
        return analyse(
            self.tree, self.source, self.settings, filename=self.filename, others=self.project
        )

    @cached_property
    def module(self) -> Module | None:
        """What its code means, None if it is no Python."""
        return Module(self.tree, self.project, self.filename) if self.tree is not None else None

    def offset(self, position: types.Position) -> int:
        """The byte offset of one of the client's positions."""
        return self._offset(self.source, position)

    def range(self, start: int, end: int) -> types.Range:
        """The bytes from `start` up to `end` as the client has them."""
        lines = self.source.lines
        return types.Range(
            types.Position(*lines.position(start, self.encoding)),
            types.Position(*lines.position(end, self.encoding)),
        )

    def _offset(self, source: Source, position: types.Position) -> int:
        place = Position(position.line, position.character)
        return source.lines.offset(place, self.encoding)
