// Makes a sandbox with a file in it, runs a command there, or removes it all: `node bin/index.js up|destroy`.
import * as pulumi from "@pulumi/pulumi";
import { LocalWorkspace } from "@pulumi/pulumi/automation";
import * as daytona from "pulumi-daytona";

async function program(): Promise<Record<string, pulumi.Input<unknown>>> {
    const config = new pulumi.Config();
    const box = new daytona.Sandbox("box", {
        labels: { team: config.get("team") ?? "search" },
        autoStopInterval: config.getNumber("autoStopMinutes"),
        env: { GREETING: config.requireSecret("greeting") },
    });
    const note = new daytona.SandboxFile("note", {
        sandboxId: box.id,
        path: "/tmp/note.txt",
        source: new pulumi.asset.StringAsset("from TypeScript"),
    });
    const said = new daytona.SandboxCommand(
        "said",
        { sandboxId: box.id, create: "cat /tmp/note.txt" },
        { dependsOn: [note] },
    );
    const link = daytona.getPreviewUrlOutput({ sandbox: box.id, port: 8000 });
    return { id: box.id, name: box.name, said: said.stdout, url: link.url };
}

async function main(command: string): Promise<void> {
    const stack = await LocalWorkspace.createOrSelectStack(
        { stackName: "dev", projectName: "daytona-typescript", program },
        { workDir: "." },
    );
    await stack.setAllConfig({
        greeting: { value: process.env.GREETING ?? "hello", secret: true },
        team: { value: process.env.TEAM ?? "search" },
    });
    if (command === "destroy") {
        await stack.destroy({ onOutput: console.error });
        return;
    }
    const { outputs, summary } = await stack.up({ onOutput: console.error });
    const told = Object.entries(outputs).map(([name, output]) => [name, output.secret ? "[secret]" : output.value]);
    console.log(JSON.stringify({ changes: summary.resourceChanges, outputs: Object.fromEntries(told) }, null, 2));
}

main(process.argv[2] ?? "up").catch((error: Error) => {
    console.error(error.message);
    process.exitCode = 1;
});
