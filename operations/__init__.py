"""The operator's commands, for a machine with AWS credentials.

    python -m operations orders    --stage dev [--status …] [--owing]
    python -m operations show      --stage dev ORDER
    python -m operations refund    --stage dev ORDER [--payment ID]
    python -m operations acknowledge --stage dev ORDER REFUND
    python -m operations redrive   --stage dev [QUEUE …]
    python -m operations rotate-keys --stage dev
    python -m operations end-sessions --stage dev ACCOUNT
    python -m operations disable   --stage dev ACCOUNT
    python -m operations enable    --stage dev ACCOUNT
    python -m operations remove-second-factor --stage dev ACCOUNT
    python -m operations remove-passkeys --stage dev ACCOUNT
    python -m operations allow-mail --stage dev ADDRESS
    python -m operations reconcile --stage dev [--since … --until …]

Every command can be repeated. No function imports this package.
"""
