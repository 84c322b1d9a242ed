"""What holds for any inputs: check is idempotent, and no difference is found where there is none."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Live
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.resources.sandbox import SANDBOX
from pulumi_daytona.core.resources.sandbox.update import wanted
from pulumi_daytona.core.unknown import UNKNOWN

words = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=8)
maybe_unknown = st.one_of(words, st.just(UNKNOWN))
minutes = st.integers(0, 100_000)
networks = st.builds("10.{}.0.0/16".format, st.integers(0, 255))
mounts = st.fixed_dictionaries({"volume_id": maybe_unknown, "mount_path": words.map("/{}".format)})


def optional(**strategies: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=strategies)


sandboxes = optional(
    name=maybe_unknown,
    snapshot=maybe_unknown,
    language=st.sampled_from(["python", "typescript", "javascript"]),
    user=words,
    env=st.dictionaries(words, maybe_unknown),
    labels=st.dictionaries(words, maybe_unknown),
    public=st.booleans(),
    target=words,
    volumes=st.lists(mounts, unique_by=lambda mount: mount["mount_path"], max_size=4),
    auto_stop_interval=minutes,
    auto_archive_interval=minutes,
    auto_delete_interval=st.integers(-5, 100_000),
    ttl_minutes=minutes,
    network_allow_list=st.lists(networks, max_size=10),
    state=st.just("started"),
    create_timeout=st.floats(0, 1e6),
)
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.just(UNKNOWN)),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
    max_leaves=8,
)


@given(sandboxes)
def test_checking_what_was_checked_changes_nothing(inputs: dict[str, Any]) -> None:
    first = check(SANDBOX, inputs)
    assert () == first.failures
    assert first == check(SANDBOX, first.inputs)


@given(sandboxes)
def test_a_sandbox_does_not_differ_from_itself(inputs: dict[str, Any]) -> None:
    known = {
        name: value for name, value in check(SANDBOX, inputs).inputs.items() if "unknown" not in repr(value)
    }
    state = SANDBOX.state(known, Live("id", known))
    assert {} == dict(diff(SANDBOX, state, known).changes)


@given(st.dictionaries(st.one_of(st.sampled_from(sorted(SANDBOX.inputs.model_fields)), st.text()), anything))
def test_check_never_raises_and_names_a_property_for_each_failure(inputs: dict[str, Any]) -> None:
    result = check(SANDBOX, inputs)
    assert all(failure.property and failure.reason for failure in result.failures)


@given(sandboxes, sandboxes)
def test_what_an_update_wants_has_every_input_that_is_set(old: dict[str, Any], new: dict[str, Any]) -> None:
    inputs = SANDBOX.inputs.model_validate(check(SANDBOX, new).inputs)
    state = SANDBOX.state(check(SANDBOX, old).inputs, Live("id", {}))
    assert set(inputs.plain()) - {"ephemeral"} <= set(wanted(state, inputs))
