"""How well repeated photos agree with each other, and with hand measurements."""

from archscan.reliability.agreement import (
    Agreement,
    BlandAltman,
    bland_altman,
    intraclass_correlation,
)

__all__ = ["Agreement", "BlandAltman", "bland_altman", "intraclass_correlation"]
