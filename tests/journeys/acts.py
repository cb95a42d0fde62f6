"""What is done on a page before it is looked at: filled in, ticked, pressed."""

from playwright.sync_api import Page

from tests.journeys.looks import Act, Seed


def typed(**fields: str) -> Act:
    """Fill in fields by their names (values may name facts of the seed) and press the form's first button."""

    def act(page: Page, seed: Seed) -> None:
        for name, value in fields.items():
            page.locator(f"main [name={name}]").first.fill(value.format(**seed))
        page.locator("main form button").first.click()

    return act


def pressed(words: str) -> Act:
    def act(page: Page, seed: Seed) -> None:
        page.locator(f"main form[action*='{words}'] button").first.click()

    return act


def registered_firm(page: Page, seed: Seed) -> None:
    for name, value in (("legal_form", "PT"), ("line", "garments"), ("province", "99")):
        page.locator(f"[name={name}]").select_option(value)
    page.locator("[name=size][value=small]").check()
    told = {
        "name": "PT Contoh",
        "street": "Jalan 1",
        "regency": "Kota Contoh",
        "person": "Rina",
        "phone": "08001234567",
    }
    typed(**told, email=f"look{seed['look']}@contoh.example")(page, seed)


def bad_site(page: Page, seed: Seed) -> None:
    page.locator("details:has(form[action$='sites/']) summary").click()
    page.locator("main form[action$='sites/'] button").click()


def one_bill(page: Page, seed: Seed) -> None:
    """All but one bill unticked, and a number asked for all the same."""
    for tick in page.locator("[name=bill]").all()[1:]:
        tick.uncheck()
    page.locator("main form button").last.click()


def account(name: str) -> Act:
    """A bank account in somebody's name (it may name a fact of the seed), and looked at."""

    def act(page: Page, seed: Seed) -> None:
        page.locator("[name=bank]").select_option("014")
        typed(account_no="1234-5678-90", account_name=name)(page, seed)

    return act


def returned(page: Page, seed: Seed) -> None:
    page.locator("details:has(form[action$='return/']) summary").click()
    page.locator("main form[action$='return/'] button").click()


def account_opened(page: Page, seed: Seed) -> None:
    page.locator("main button[value=open]").click()


def ended(page: Page, seed: Seed) -> None:
    """The work ended by the day and cause that stand there, without a word and without being sure."""
    page.locator("main details:has([value=end]) summary").click()
    page.locator("main form [name=do][value=end]").click()


def too_late(page: Page, seed: Seed) -> None:
    """The form's guard is gone, as after a night in an open tab."""
    page.context.clear_cookies(name="__Host-csrf-public")
    typed(name="siapa@contoh.example", password="rahasia")(page, seed)


def first_letter(page: Page, seed: Seed) -> None:
    page.locator("tbody a").first.click()


def new_worker(page: Page, seed: Seed) -> None:
    """Somebody whose name has a number in it, which is asked about before anything is sent."""
    for part, value in enumerate(("2", "3", "1990")):
        page.locator(f"[name=birth_on_{part}]").fill(value)
    for part, name in enumerate(("day", "month", "year")):
        page.locator(f"[name=from_on_{part}]").fill(str(seed["today"][name]))
    for name, value in (("sex", "P"), ("contract", "PKWTT")):
        page.locator(f"[name={name}][value={value}]").check()
    typed(name="Wati 2 Contoh", nik="{unused_nik}", wage="5000000")(page, seed)


def slip(page: Page, seed: Seed) -> None:
    """A slip that pays a debt in part."""
    for part, name in enumerate(("day", "month", "year")):
        page.locator(f"[name=paid_on_{part}]").fill(str(seed["today"][name]))
    typed(payer="{debtor}", amount="300000", slip_no="SLIP-8")(page, seed)


def typed_at(near: str, **fields: str) -> Act:
    """The same in the form that has a field of this name to choose, with what stands there already."""

    def act(page: Page, seed: Seed) -> None:
        form = page.locator(f"main form:has([name={near}])").last
        for name, value in fields.items():
            form.locator(f"[name={name}]").fill(value.format(**seed))
        form.locator("button").first.click()

    return act


def days(page: Page, seed: Seed, **years_ahead: int) -> None:
    """Days of today's month and day, so many years from now."""
    for name, ahead in years_ahead.items():
        for part, value in enumerate((1, seed["today"]["month"], seed["today"]["year"] + ahead)):
            page.locator(f"[name={name}_{part}]").fill(str(value))


def contract(page: Page, seed: Seed) -> None:
    """A contract of two years that begins next year, with savings."""
    days(page, seed, starts_on=1)
    page.locator("[name=starts_on_1]").fill("1")
    page.locator("[name=jht]").select_option("50000")
    typed(contract_months="24")(page, seed)


def project(page: Page, seed: Seed) -> None:
    """A project in three stages whose value has VAT in it."""
    days(page, seed, work_order_on=0, from_on=0, last_on=3, due_2=1, due_3=2)
    page.locator("[name=basis][value=gross]").check()
    page.locator("[name=pattern]").select_option("50/25/25")
    typed(name="Jembatan Contoh", work_order_no="SPK-{look}", contract="8,25 miliar", vat_percent="11")(page, seed)


def wrong_rows(page: Page, seed: Seed) -> None:
    """A NIK that is too short, and a wage that may be two."""
    page.locator("[name=nik-1]").fill("99010142")
    page.locator("[name=wage-2]").fill("4.500")
    page.locator("main button[value=send]").click()


def left_out(page: Page, seed: Seed) -> None:
    page.locator("main [name=anew][type=checkbox]").check()
    page.locator("main button[value=look]").click()


def value(page: Page, seed: Seed) -> None:
    """A contract that is worth half as much as it was."""
    days(page, seed, agreed_on=0)
    typed(contract="300 juta")(page, seed)


def unknown_card(page: Page, seed: Seed) -> None:
    typed(kpj="10000000000", case_no="A-1")(page, seed)


def lapsed_card(page: Page, seed: Seed) -> None:
    typed(kpj="{lapsed_kpj}", case_no="A-1")(page, seed)


def noted(page: Page, seed: Seed) -> None:
    """A note without a word in it."""
    page.locator("main details summary").last.click()
    page.locator("main form button").first.click()


def citizen_without_name(page: Page, seed: Seed) -> None:
    page.locator("[name=name]").fill("")
    page.locator("button[value=save]").click()


WRONG = typed(name="tak-dikenal-{look}@contoh.example", password="bukan kata sandinya")

BRAKED = typed(name="{braked}", password="bukan kata sandinya")
