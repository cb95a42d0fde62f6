"""Addresses of the staff door."""

from django.urls import path

from lindung.channels.branch import complaints, compliance, crediting, deposits, firm, home, statements, suspense
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
    path("suspense/", suspense.suspense, name="suspense"),
    path("suspense/<int:item_id>/", suspense.item, name="suspense-item"),
    path("compliance/", compliance.compliance, name="compliance"),
    path("compliance/firms/", compliance.firms, name="compliance-firms"),
    path("compliance/firms/csv/", compliance.download, name="compliance-csv"),
    path("firms/<int:employer_id>/", firm.firm, name="firm"),
    path("follow-ups/", firm.follow_ups, name="follow-ups"),
    path("follow-ups/<int:follow_up_id>/", firm.act, name="follow-up"),
    path("complaints/", complaints.complaints, name="complaints"),
    path("complaints/<int:complaint_id>/", complaints.complaint, name="complaint"),
    path("deposits/", deposits.deposits, name="deposits"),
    path("deposits/<slug:receipt_number>/", deposits.receipt, name="deposit"),
]
