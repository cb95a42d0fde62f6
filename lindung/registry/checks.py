"""Queries over the registry that must return nothing."""

CHECKS = {
    "INV-14 one NIK per person and one person per NIK": """
        SELECT coalesce(p.id, n.person_id) AS person_id
        FROM (SELECT id, nik_index FROM registry_person WHERE merged_into IS NULL) p
        FULL JOIN registry_nikindex n ON n.nik_index = p.nik_index
        WHERE p.id IS NULL OR n.person_id IS NULL OR n.person_id <> p.id
    """,
    "INV-14 every card is in the directory of KPJ, and the directory names the right card": """
        SELECT coalesce(m.kpj, k.kpj) AS kpj FROM registry_membership m
        FULL JOIN registry_kpjindex k ON k.kpj = m.kpj
        WHERE m.kpj IS NULL OR k.kpj IS NULL OR k.person_id <> m.person_id OR k.membership_id <> m.id
    """,
    "every employment stands on a card of the same person and on a known employer": """
        SELECT e.person_id, e.id FROM registry_employment e
        LEFT JOIN registry_membership m ON m.person_id = e.person_id AND m.id = e.membership_id
        LEFT JOIN registry_employer f ON f.id = e.employer_id
        WHERE m.id IS NULL OR f.id IS NULL
    """,
    "nobody has a card without a match with the civil registry": """
        SELECT m.person_id, m.kpj FROM registry_membership m JOIN registry_person p ON p.id = m.person_id
        WHERE p.identity <> 'matched' OR m.kpj !~ '^[0-9]{8,13}$'
    """,
    "whoever was enrolled by a match has the answer that matched": """
        SELECT e.id FROM registry_enrolment e WHERE e.state = 'enrolled' AND e.outcome = 'match' AND NOT EXISTS (
            SELECT 1 FROM registry_identitycheck c WHERE c.nik_index = e.nik_index AND c.outcome = 'compared')
    """,
    "whoever is enrolled has a person, that person's card, and work in this firm on it": """
        SELECT e.id FROM registry_enrolment e
        LEFT JOIN registry_person p ON p.id = e.person_id
        LEFT JOIN registry_employment w ON w.person_id = e.person_id AND w.id = e.employment_id
        WHERE e.state = 'enrolled' AND (p.id IS NULL OR w.id IS NULL OR w.employer_id <> e.employer_id
            OR w.membership_id <> e.membership_id OR (e.nik_index IS NOT NULL AND e.nik_index <> p.nik_index))
    """,
    "every list of new workers has all its rows, of its own firm": """
        SELECT b.id FROM registry_enrolmentbatch b LEFT JOIN registry_enrolment e ON e.batch_id = b.id
        GROUP BY b.id HAVING count(e.id) <> b.workers OR bool_or(e.employer_id <> b.employer_id)
    """,
    "whoever waits has a job that will ask about him, or a moment for the next try": """
        SELECT batch_id FROM registry_enrolment WHERE state = 'waiting' AND next_try_at IS NULL
        EXCEPT
        SELECT (args->>'batch_id')::bigint FROM procrastinate_jobs
        WHERE task_name = 'lindung.registry.verify_identities' AND status IN ('todo', 'doing')
    """,
    "a row that was replaced was replaced by one of the same firm, and is withdrawn": """
        SELECT e.id FROM registry_enrolment e LEFT JOIN registry_enrolment n ON n.id = e.replaced_by
        WHERE e.replaced_by IS NOT NULL
            AND (e.state <> 'withdrawn' OR n.id IS NULL OR n.employer_id <> e.employer_id)
    """,
    "an exit that was reported has its day and its cause": """
        SELECT person_id, id FROM registry_employment
        WHERE (exit_reported_at IS NULL) <> (ended_by = '') OR (exit_reported_at IS NOT NULL AND until_on IS NULL)
    """,
    "no application keeps addresses or words after it was decided": """
        SELECT id FROM registry_firmapplication
        WHERE state IN ('registered', 'declined') AND (octet_length(told_encrypted) > 0
            OR -2 * id - 1 IN (SELECT person_id FROM contact_address WHERE person_id < 0))
    """,
    "every number of a firm stands for a firm": """
        SELECT n.employer_id FROM registry_firmnumber n LEFT JOIN registry_employer e ON e.id = n.employer_id
        WHERE e.id IS NULL
    """,
    "every file of a firm's paper is kept, and waits for as long as the paper is missing": """
        SELECT f.id FROM registry_firmdocumentfile f
        JOIN registry_firmdocument d ON d.id = f.document_id
        LEFT JOIN evidence_paper p ON p.id = f.paper_id
        WHERE p.id IS NULL OR (f.state = 'accepted' AND d.seen_at IS NULL)
            OR (f.state = 'sent' AND d.seen_at IS NOT NULL)
    """,
}
