"""The record for programs: `/api/v1`."""
