"""Addresses of the employers' door, under /employer/."""

from django.urls import path

from lindung.channels.employer import bill_workers, bills, found, home, upload, wages
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "employer"
urlpatterns = [
    *sign_in_urls("employer"),
    path("", home.home, name="home"),
    path("<int:employer_id>/", home.month, name="month"),
    path("<int:employer_id>/wages/", wages.wages, name="wages"),
    path("<int:employer_id>/wages/template/", wages.template, name="template"),
    path("<int:employer_id>/uploads/<int:upload_id>/", upload.upload, name="upload"),
    path("<int:employer_id>/uploads/<int:upload_id>/faults/", found.faults, name="faults"),
    path("<int:employer_id>/uploads/<int:upload_id>/changes/", found.changes, name="changes"),
    path("<int:employer_id>/uploads/<int:upload_id>/annotated/", upload.annotated, name="annotated"),
    path("<int:employer_id>/uploads/<int:upload_id>/confirm/", upload.confirm, name="confirm"),
    path("<int:employer_id>/uploads/<int:upload_id>/cancel/", upload.cancel, name="cancel"),
    path("<int:employer_id>/bills/", bills.bills, name="bills"),
    path("<int:employer_id>/bills/<int:bill_id>/", bills.bill, name="bill"),
    path("<int:employer_id>/bills/<int:bill_id>/workers/", bill_workers.workers, name="bill-workers"),
    path("<int:employer_id>/bills/<int:bill_id>/reissue/", bills.reissue, name="reissue"),
    path("<int:employer_id>/bills/<int:bill_id>/receipt/", bills.receipt, name="receipt"),
]
