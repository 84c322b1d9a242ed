"""What holds for every kind of resource, whatever a program gives it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from pulumi_daytona.core.check import check
from pulumi_daytona.core.definition import Definition, Live, changed_values, wanted_values
from pulumi_daytona.core.diff import diff
from pulumi_daytona.core.resources import RESOURCES, definition_of
from pulumi_daytona.core.traits import Change

from tests.unit.pulumi_daytona.given import inputs_of

DEFINITIONS = [pytest.param(definition_of(name), id=name) for name in RESOURCES]
FEW = settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much])
anything = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(st.text(), inner, max_size=3)),
    max_leaves=6,
)


def accepted(definition: Definition[Any], inputs: dict[str, Any]) -> dict[str, Any]:
    """Return inputs in their normal form; what a rule over several of them refuses is no example."""
    checked = check(definition, inputs)
    assume(not checked.failures)
    return checked.inputs


@pytest.mark.parametrize("definition", DEFINITIONS)
@FEW
@given(data=st.data())
def test_checking_what_was_checked_changes_nothing(definition: Definition[Any], data: st.DataObject) -> None:
    first = accepted(definition, data.draw(inputs_of(definition, unknown=True)))
    assert (first, ()) == (check(definition, first).inputs, check(definition, first).failures)


@pytest.mark.parametrize("definition", DEFINITIONS)
@FEW
@given(data=st.data())
def test_a_resource_does_not_differ_from_itself(definition: Definition[Any], data: st.DataObject) -> None:
    inputs = accepted(definition, data.draw(inputs_of(definition)))
    state = definition.state(inputs, Live("id", {}))
    changes = diff(definition, state, inputs).changes
    assert {} == {name: change for name, change in changes.items() if name in inputs}
    assert inputs == definition.declared(state)


@pytest.mark.parametrize("definition", DEFINITIONS)
@FEW
@given(data=st.data())
def test_an_update_reaches_all_that_differs_and_nothing_else(
    definition: Definition[Any], data: st.DataObject
) -> None:
    old = accepted(definition, data.draw(inputs_of(definition)))
    new = accepted(definition, data.draw(inputs_of(definition)))
    state, model = definition.state(old, Live("id", {})), definition.inputs.model_validate(new)
    differs, traits = changed_values(state, model), definition.inputs.traits()
    assert set(model.plain()) <= set(wanted_values(state, model))
    found = {name for name in diff(definition, state, new).changes if name in traits}
    assert {name for name in differs if traits[name].change is Change.UPDATE} <= found
    assert {name for name in found if traits[name].change is Change.UPDATE} <= set(differs)


@pytest.mark.parametrize("definition", DEFINITIONS)
@FEW
@given(data=st.data())
def test_check_never_raises_and_names_a_property_for_each_failure(
    definition: Definition[Any], data: st.DataObject
) -> None:
    names = st.one_of(st.sampled_from(sorted(definition.inputs.model_fields)), st.text(max_size=4))
    result = check(definition, data.draw(st.dictionaries(names, anything, max_size=6)))
    assert all(failure.property and failure.reason for failure in result.failures)


@pytest.mark.parametrize("definition", DEFINITIONS)
@FEW
@given(data=st.data())
def test_no_message_shows_a_secret(definition: Definition[Any], data: st.DataObject) -> None:
    secrets = [name for name, trait in definition.inputs.traits().items() if trait.secret]
    inputs = data.draw(inputs_of(definition)) | dict.fromkeys(secrets, "hush hush")
    assert "hush" not in repr(check(definition, inputs).failures)


@pytest.mark.parametrize("definition", DEFINITIONS)
def test_a_definition_is_named_explained_and_complete(definition: Definition[Any]) -> None:
    assert definition.doc.startswith("Declare ")
    assert ")." in definition.doc.split("\n\n")[0], "the API's operation in brackets"
    assert definition.outputs.names()
    assert definition.unique_name is None or definition.unique_name in definition.inputs.model_fields
    assert set(definition.secrets) <= {*definition.inputs.model_fields, *definition.outputs.names()}
