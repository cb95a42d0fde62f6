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
}
