module daytona-go

go 1.25

require (
	github.com/pulumi/pulumi/sdk/v3 v3.259.0
	pulumi-daytona.local/sdk/go v0.0.0
)

replace pulumi-daytona.local/sdk/go => ../../provider/build/sdks/go
