"""Addresses of the staff door."""

from django.urls import path

from lindung.channels.branch import (
    applications,
    complaints,
    compliance,
    crediting,
    deposits,
    firm_compliance,
    firms,
    home,
    own_payers,
    reactivation,
    statements,
    suspense,
)
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "staff"
urlpatterns = [
    *sign_in_urls("staff"),
    path("", home.home, name="home"),
    path("creditings/", crediting.all_creditings, name="creditings"),
    path("creditings/new/", crediting.new_crediting, name="new-crediting"),
    path("creditings/provisional-rate/", crediting.new_provisional_rate, name="new-provisional-rate"),
    path("creditings/<int:crediting_id>/", crediting.crediting, name="crediting"),
    path("creditings/<int:crediting_id>/start/", crediting.start, name="start-crediting"),
    path("creditings/<int:crediting_id>/rehearse/", crediting.rehearse, name="rehearse-crediting"),
    path("creditings/<int:crediting_id>/withdraw/", crediting.withdraw, name="withdraw-crediting"),
    path("creditings/<int:crediting_id>/correct/", crediting.correct, name="correct-crediting"),
    path("statements/", statements.statements, name="statements"),
    path("statements/<int:bank_id>/<int:year>-<int:month>-<int:day>/", statements.day, name="statement-day"),
    path("firms/", firms.firms, name="firms"),
    path("firms/<int:employer_id>/", firms.firm, name="firm"),
    path("firms/<int:employer_id>/terms/", firms.terms, name="firm-terms"),
    path("firms/<int:employer_id>/papers/", firms.ask_paper, name="ask-paper"),
    path("firms/<int:employer_id>/papers/seen/", firms.paper_seen, name="paper-seen"),
    path("firms/applications/<int:application_id>/", applications.application, name="application"),
    path("firms/applications/<int:application_id>/admit/", applications.admit, name="admit-application"),
    path("firms/applications/<int:application_id>/decline/", applications.decline, name="decline-application"),
    path("suspense/", suspense.suspense, name="suspense"),
    path("suspense/<int:item_id>/", suspense.item, name="suspense-item"),
    path("reactivation/", reactivation.reactivation, name="reactivation"),
    path("own-payers/", own_payers.own_payers, name="own-payers"),
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance/firms/", compliance.firms, name="compliance-firms"),
    path("compliance/firms/csv/", compliance.download, name="compliance-csv"),
    path("compliance/firms/<int:employer_id>/", firm_compliance.firm, name="firm-compliance"),
    path("follow-ups/", firm_compliance.follow_ups, name="follow-ups"),
    path("follow-ups/<int:follow_up_id>/", firm_compliance.act, name="follow-up"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<int:complaint_id>/", complaints.complaint, name="complaint"),
    path("deposits/", deposits.deposits, name="deposits"),
    path("deposits/<slug:receipt_number>/", deposits.receipt, name="deposit"),
]
