"""Who may do what in the firm: invited, given other roles, gone; and whether what binds it takes two persons."""

from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from lindung.access import firm_users, queries
from lindung.access.firm_users import UserFault
from lindung.access.permissions import Permission
from lindung.access.queries import FirmUser
from lindung.channels.employer.firm import actor_of, firm_of, may, navigation, trail_to
from lindung.channels.employer.forms import ActForm
from lindung.channels.employer.standing import moment_wib
from lindung.channels.employer.user_words import fault_words, role_names, roles_as_choices, users_table
from lindung.channels.shared.access import requires
from lindung.channels.shared.components import Link
from lindung.channels.shared.forms import HouseForm
from lindung.contact import services as contact
from lindung.contact.services import BadAddress
from lindung.lib import clock
from lindung.registry.queries import EmployerFacts


class RolesForm(HouseForm):
    """Which roles somebody has; one at least."""

    roles = forms.MultipleChoiceField(
        label=_("Peran"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu peran.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = roles_as_choices()


class InviteForm(RolesForm):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Nama"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    email = forms.EmailField(
        label=_("E-mail"),
        max_length=254,
        help_text=_("Undangannya kami kirim ke sini."),
        error_messages={"invalid": _("E-mail ini belum benar. Tulis seperti nama@perusahaan.example.")},
    )
    field_order = ["name", "email", "roles"]


@require_safe
@requires(Permission.BILLS_READ)
def users(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Everybody with a role, since when, and when he last came; who was invited and has not come."""
    firm = firm_of(request, employer_id)
    me, rule = actor_of(request).id, queries.second_person(firm.id)
    held = may(request, firm)
    administers, names_of_roles = Permission.FIRM_ADMINISTER in held, role_names()
    everybody = queries.firm_users(firm.id)
    names = queries.clerk_names(firm.id, [rule.off_asked_by, rule.on_by] if rule else [])
    can_two = firm_users.two_who_can({user.account_id: frozenset(user.codes) for user in everybody})
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:users"),
        "users": users_table(firm, everybody, me, administers=administers),
        "invitations": [
            (row.id, row.name, ", ".join(names_of_roles[role] for role in row.roles), moment_wib(row.invited_at))
            for row in queries.open_invitations(firm.id)
        ],
        "administers": administers,
        "rule": rule,
        "rule_by": names.get(rule.on_by, "") if rule else "",
        "asked_by": names.get(rule.off_asked_by, "") if rule else "",
        "asked_by_me": rule is not None and rule.off_asked_by == me,
        "may_answer": bool(held & {Permission.FIRM_ADMINISTER, Permission.ENTRIES_APPROVE}),
        "can_two": can_two,
        "act": ActForm(),
        "told": request.GET.get("told", ""),
        "fault": fault_words(request.GET.get("fault", "")),
    }
    return render(request, "employer/users.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIRM_ADMINISTER)
def invite(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Ask for a name, a mailbox and roles, and send the invitation."""
    firm = firm_of(request, employer_id)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        try:
            contact.invite_user(
                actor=actor_of(request),
                employer_id=firm.id,
                employer_name=firm.name,
                name=told["name"],
                email=told["email"],
                roles=told["roles"],
                now=clock.now(),
            )
        except UserFault as fault:
            form.add_error("email", fault_words(fault.code))
        except BadAddress:
            form.add_error("email", gettext("E-mail ini belum benar. Tulis seperti nama@perusahaan.example."))
        else:
            return _to(firm, told="invited")
    title = gettext("Undang pengguna")
    return _form_page(request, firm, form, "employer/invite_user.html", title)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Permission.FIRM_ADMINISTER)
def user(request: HttpRequest, employer_id: int, account_id: int) -> HttpResponse:
    """One user's roles, to be changed; and his end here."""
    firm = firm_of(request, employer_id)
    found = _user_or_404(firm, account_id)
    form = RolesForm(request.POST if request.method == "POST" else None, initial={"roles": found.codes})
    if request.method == "POST" and form.is_valid():
        try:
            firm_users.change_roles(
                actor=actor_of(request),
                employer_id=firm.id,
                account_id=account_id,
                roles=form.cleaned_data["roles"],
                now=clock.now(),
            )
        except UserFault as fault:
            form.add_error("roles", fault_words(fault.code))
        else:
            return _to(firm, told="changed")
    is_me = found.account_id == actor_of(request).id
    return _form_page(request, firm, form, "employer/user.html", found.name, account_id=account_id, is_me=is_me)


@require_POST
@requires(Permission.FIRM_ADMINISTER)
def end(request: HttpRequest, employer_id: int, account_id: int) -> HttpResponse:
    """Somebody leaves: what he may do here and his sessions end now."""
    firm = firm_of(request, employer_id)
    found, me = _user_or_404(firm, account_id), actor_of(request)
    try:
        firm_users.change_roles(actor=me, employer_id=firm.id, account_id=found.account_id, roles=[], now=clock.now())
    except UserFault as fault:
        return _to(firm, fault=fault.code)
    return HttpResponseRedirect(reverse("employer:home")) if me.id == account_id else _to(firm, told="ended")


@require_POST
@requires(Permission.FIRM_ADMINISTER)
def withdraw(request: HttpRequest, employer_id: int, invitation_id: int) -> HttpResponse:
    """Take an invitation back."""
    firm = firm_of(request, employer_id)
    firm_users.withdraw_invitation(
        actor=actor_of(request), employer_id=firm.id, invitation_id=invitation_id, now=clock.now()
    )
    return _to(firm, told="withdrawn")


@require_POST
@requires(Permission.BILLS_READ)
def two_persons(request: HttpRequest, employer_id: int) -> HttpResponse:
    """Switch on (``act=on``), ask for off (``off``), and answer to that (``agree``, ``keep``)."""
    firm = firm_of(request, employer_id)
    held, act = may(request, firm), request.POST.get("act", "")
    administers = Permission.FIRM_ADMINISTER in held
    told: dict[str, Any] = {"actor": actor_of(request), "employer_id": firm.id, "now": clock.now()}
    try:
        if act == "on" and administers:
            firm_users.need_two_persons(**told)
        elif act == "off" and administers:
            firm_users.ask_for_one_person(**told)
        elif act in ("agree", "keep") and (administers or Permission.ENTRIES_APPROVE in held):
            firm_users.answer_for_one_person(**told, agreed=act == "agree")
        else:
            raise Http404
    except UserFault as fault:
        return _to(firm, fault=fault.code)
    return _to(firm)


def _user_or_404(firm: EmployerFacts, account_id: int) -> FirmUser:
    for found in queries.firm_users(firm.id):
        if found.account_id == account_id:
            return found
    raise Http404


def _to(firm: EmployerFacts, *, told: str = "", fault: str = "") -> HttpResponseRedirect:
    query = f"?told={told}" if told else f"?fault={fault}" if fault else ""
    return HttpResponseRedirect(reverse("employer:users", args=[firm.id]) + query)


def _form_page(
    request: HttpRequest, firm: EmployerFacts, form: RolesForm, template: str, title: str, **more: Any
) -> HttpResponse:
    above = Link(pgettext("menu", "Pengguna"), reverse("employer:users", args=[firm.id]))
    context = {
        "firm": firm,
        "navigation": navigation(request, firm, "employer:users"),
        "trail": trail_to(firm, above, Link(title, "", current=True)),
        "title": title,
        "form": form,
        "act": ActForm(),
        **more,
    }
    return render(request, template, context, status=422 if form.errors else 200)
