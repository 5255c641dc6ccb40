"""The operator's commands, for a machine with AWS credentials.

    python -m docket.operator orders    --stage dev [--status …] [--owing]
    python -m docket.operator show      --stage dev ORDER
    python -m docket.operator refund    --stage dev ORDER [--payment ID]
    python -m docket.operator acknowledge --stage dev ORDER REFUND
    python -m docket.operator redrive   --stage dev [QUEUE …]
    python -m docket.operator reconcile --stage dev [--since … --until …]

Every command can be repeated. No function imports this package.
"""
