"""Let sandboxes use a key that they never see: it is put into requests to its host, on their way out."""

import pulumi
from pulumi_daytona import Sandbox, Secret

key = Secret("model-key", value=pulumi.Config().require_secret("modelKey"), hosts=["api.example.com"])
Sandbox("agent", secrets={"MODEL_KEY": key.name})
