"""The local AWS. `server` runs inside .venv-aws, whose botocore is older than ours; the rest talks to it by HTTP."""
