"""oTree in production, as its `prodserver1of2` starts it but for its log: PORT, and how many PEOPLE may come."""

import os

import uvicorn
from otree import main

main.setup()

from otree.database import db, session_scope  # noqa: E402 - only after it is set up
from otree.session import create_session  # noqa: E402

with session_scope():
    session = create_session(session_config_name="questions", num_participants=int(os.environ["PEOPLE"]))
    session._anonymous_code = "everybody"  # noqa: SLF001 - so that the address is known
    db.commit()

uvicorn.run("otree.asgi:app", host="127.0.0.1", port=int(os.environ["PORT"]), log_level="warning", log_config=None)
