"""The table of visits."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go one step forward."""
    op.create_table(
        "visits",
        sa.Column("locator", sa.LargeBinary(32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("touched", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("locator", name="pk_visits"),
    )
    op.create_index("ix_visits_touched", "visits", ["touched"])


def downgrade() -> None:
    """Go one step back."""
    op.drop_index("ix_visits_touched", "visits")
    op.drop_table("visits")
