"""Drawing records from reports, own and received, by what each form says of itself; without a person."""
