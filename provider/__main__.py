"""Run the plugin from this folder: `pulumi package add <this folder>` starts it so."""

import sys

from pulumi_daytona.plugin.main import main

sys.exit(main())
