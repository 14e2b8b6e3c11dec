"""The rehearsal carrier: it carries calls between telephones that ring nobody, as strictly as can.

A process of its own with its own account, token and durable journal, in the same REST shape as
Twilio's calls. The exchange inside it does no input or output: events and times go in, requests
and journal entries come out, so tests drive it without a socket or a second of waiting.
"""
