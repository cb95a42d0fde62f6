"""Queries over messages that must return nothing."""

CHECKS = {
    "every message that counts as sent was taken by a carrier": """
        SELECT m.person_id, m.id FROM contact_message m
        WHERE m.state = 'sent' AND NOT EXISTS (
            SELECT 1 FROM contact_dispatch d
            WHERE d.person_id = m.person_id AND d.message_id = m.id AND d.outcome = 'accepted')
    """,
    "a message is settled exactly when it waits no more": """
        SELECT person_id, id FROM contact_message WHERE (state = 'queued') <> (settled_at IS NULL)
    """,
    "every message that waits has a job that will deliver it": """
        SELECT batch FROM contact_message WHERE state = 'queued'
        EXCEPT
        SELECT batch FROM contact_waitingbatch
        EXCEPT
        SELECT args->>'batch' FROM procrastinate_jobs
        WHERE task_name = 'lindung.contact.deliver_batches' AND status IN ('todo', 'doing')
    """,
}
