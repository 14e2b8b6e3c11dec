"""The tables of editions in the making: recordings' bytes, the draft, every version of a text."""

import sqlalchemy as sa

from ivr.store.tables import Moment, documents, metadata

PLACE = ("kind", "language", "key")


def _place() -> tuple[sa.Column[str], ...]:
    """Where in an edition something stands: see `ivr.editions.change`."""
    return (
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("language", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
    )


clips = sa.Table(  # the bytes of recordings, by their digest
    "clips",
    metadata,
    sa.Column("digest", sa.String(64), primary_key=True),
    sa.Column("short", sa.String(16), nullable=False),  # its beginning, as recipes name it
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("level", sa.Float, nullable=False),  # LUFS
    sa.Column("origin", sa.String(16), nullable=False),
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.UniqueConstraint("short", name="uq_clips_short"),
    sa.CheckConstraint("origin IN ('person', 'synthetic')", name="ck_clips_origin"),
)

versions = sa.Table(  # what stood at every place, when and by whom; rows are only ever added
    "versions",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    *_place(),
    sa.Column("act", sa.String(16), nullable=False),
    sa.Column("value", sa.Text, nullable=False),  # JSON; null: nothing stands there
    sa.Column("author", sa.String(64), nullable=False),  # of the words
    sa.Column("who", sa.String(64), nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("edition", sa.Integer, nullable=False),  # 0: none, it was the draft
    sa.Index("ix_versions_place", *PLACE, "id"),
)

draft = sa.Table(  # the one draft: what is to stand at its places in the next edition
    "draft",
    metadata,
    *_place(),
    sa.Column("version", sa.Integer, sa.ForeignKey("versions.id"), nullable=False),
    sa.PrimaryKeyConstraint(*PLACE, name="pk_draft"),
)

releases = documents("releases")
"""What shipped, release by release, so that the next one is compared with what it came from."""
