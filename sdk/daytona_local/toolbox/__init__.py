"""What a client does inside a sandbox: files, processes and what else the toolbox offers.

Each module has one service and its ``routes``; a handler gets the running sandbox by ``running(request)``.
"""
