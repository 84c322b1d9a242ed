"""Front end 2: the core's resources and look-ups as the native plugin ``pulumi-resource-daytona``.

It serves every language that Pulumi has, on the engine's own protocol, with no limit on how much it does at
once. What a program of Python needs of it is in ``pulumi_daytona.native``.
"""
