"""Let the site's generator take ``Example:`` in a docstring as it takes ``Examples:``: statements to show."""

from __future__ import annotations

from typing import Any

import griffe  # type: ignore[import-not-found]  # it is in the environment of `make docs` only


class SingularExample(griffe.Extension):  # type: ignore[misc]
    """Rename the section in every docstring."""

    def on_object(self, *, obj: Any, **_: Any) -> None:
        """Rename it in one docstring."""
        if obj.docstring:
            obj.docstring.value = obj.docstring.value.replace("\nExample:\n", "\nExamples:\n")
