"""Tests of the program: the real engine runs it, against the same server."""

from daytona_httpx import Daytona
from pulumi import automation
from reviews import declare_review, greeting_of


def test_a_review_gets_a_sandbox_that_is_as_declared(pulumi_stack: automation.Stack) -> None:
    preview = pulumi_stack.preview(program=lambda: declare_review(7))
    assert preview.change_summary[automation.OpType.CREATE] == 3  # the stack itself is one

    pulumi_stack.up(program=lambda: declare_review(7))
    assert greeting_of(7) == "hello"

    pulumi_stack.up(program=lambda: declare_review(7, greeting="welcome"))
    assert greeting_of(7) == "welcome"


def test_what_was_removed_by_hand_is_made_anew(pulumi_stack: automation.Stack, daytona: Daytona) -> None:
    first = pulumi_stack.up(program=lambda: declare_review(8)).outputs["sandbox_id"].value
    daytona.get(first).delete(wait=True)

    pulumi_stack.refresh()
    second = pulumi_stack.up(program=lambda: declare_review(8)).outputs["sandbox_id"].value
    assert second != first
    assert greeting_of(8) == "hello"

    pulumi_stack.destroy()
    assert second not in {sandbox.id for sandbox in daytona.list()}
