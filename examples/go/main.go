// Command daytona-go makes a sandbox with a file in it and runs a command there, or removes it all.
//
//	daytona-go up|destroy
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"github.com/pulumi/pulumi/sdk/v3/go/auto"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optdestroy"
	"github.com/pulumi/pulumi/sdk/v3/go/auto/optup"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi/config"

	"pulumi-daytona.local/sdk/go/daytona"
)

func program(ctx *pulumi.Context) error {
	settings := config.New(ctx, "")
	box, err := daytona.NewSandbox(ctx, "box", &daytona.SandboxArgs{
		Labels:           pulumi.StringMap{"team": pulumi.String(settings.Get("team"))},
		AutoStopInterval: pulumi.Int(30), // minutes; changed in place
		Env:              pulumi.StringMap{"GREETING": settings.RequireSecret("greeting")},
	})
	if err != nil {
		return err
	}
	note, err := daytona.NewSandboxFile(ctx, "note", &daytona.SandboxFileArgs{
		SandboxId: box.ID(),
		Path:      pulumi.String("/tmp/note.txt"),
		Source:    pulumi.NewStringAsset("from Go"),
	})
	if err != nil {
		return err
	}
	said, err := daytona.NewSandboxCommand(ctx, "said", &daytona.SandboxCommandArgs{
		SandboxId: box.ID(),
		Create:    pulumi.String("cat /tmp/note.txt"),
	}, pulumi.DependsOn([]pulumi.Resource{note}))
	if err != nil {
		return err
	}
	link := daytona.LookupPreviewUrlOutput(ctx, daytona.LookupPreviewUrlOutputArgs{
		Sandbox: box.ID(),
		Port:    pulumi.Int(8000),
	})
	ctx.Export("id", box.ID())
	ctx.Export("name", box.Name)
	ctx.Export("said", said.Stdout)
	ctx.Export("url", link.Url())
	return nil
}

func main() {
	command := "up"
	if len(os.Args) > 1 {
		command = os.Args[1]
	}
	if err := run(context.Background(), command); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(ctx context.Context, command string) error {
	stack, err := auto.UpsertStackInlineSource(ctx, "dev", "daytona-go", program, auto.WorkDir("."))
	if err != nil {
		return err
	}
	settings := auto.ConfigMap{
		"greeting": {Value: from("GREETING", "hello"), Secret: true},
		"team":     {Value: from("TEAM", "search")},
	}
	if err := stack.SetAllConfig(ctx, settings); err != nil {
		return err
	}
	if command == "destroy" {
		_, err = stack.Destroy(ctx, optdestroy.ProgressStreams(os.Stderr))
		return err
	}
	done, err := stack.Up(ctx, optup.ProgressStreams(os.Stderr))
	if err != nil {
		return err
	}
	return tell(done)
}

func tell(done auto.UpResult) error {
	outputs := map[string]any{}
	for name, output := range done.Outputs {
		outputs[name] = output.Value
		if output.Secret {
			outputs[name] = "[secret]"
		}
	}
	told := map[string]any{"changes": done.Summary.ResourceChanges, "outputs": outputs}
	text, err := json.MarshalIndent(told, "", "  ")
	if err == nil {
		fmt.Println(string(text))
	}
	return err
}

func from(variable, otherwise string) string {
	if value, found := os.LookupEnv(variable); found {
		return value
	}
	return otherwise
}
