"""Addresses of the employers' door, under /employer/."""

from django.urls import path

from lindung.channels.employer import (
    batches,
    bill_workers,
    bills,
    enrolment,
    exits,
    found,
    home,
    money,
    new_worker,
    upload,
    wage_correction,
    wages,
    worker,
    worker_files,
    workers,
)
from lindung.channels.shared.sign_in import sign_in_urls

app_name = "employer"
urlpatterns = [
    *sign_in_urls("employer"),
    path("", home.home, name="home"),
    path("<int:employer_id>/", home.month, name="month"),
    path("<int:employer_id>/wages/", wages.wages, name="wages"),
    path("<int:employer_id>/wages/template/", wages.template, name="template"),
    path("<int:employer_id>/workers/", workers.workers, name="workers"),
    path("<int:employer_id>/workers/search/", workers.search, name="worker-search"),
    path("<int:employer_id>/workers/new/", new_worker.new_worker, name="new-worker"),
    path("<int:employer_id>/workers/files/", worker_files.files, name="worker-files"),
    path("<int:employer_id>/workers/files/<slug:kind>/", worker_files.send, name="worker-file"),
    path("<int:employer_id>/workers/files/<slug:kind>/template/", worker_files.template, name="worker-template"),
    path("<int:employer_id>/workers/leavers/", exits.leavers, name="leavers"),
    path("<int:employer_id>/workers/exits/", exits.exits, name="exits"),
    path("<int:employer_id>/workers/<int:employment_id>/", worker.worker, name="worker"),
    path("<int:employer_id>/workers/<int:employment_id>/correct/", worker.correct, name="correct-worker"),
    path(
        "<int:employer_id>/workers/<int:employment_id>/wage/<int:year>/<int:month>/",
        wage_correction.wage,
        name="wage-correction",
    ),
    path("<int:employer_id>/enrolments/<int:batch_id>/", batches.batch, name="enrolment-batch"),
    path("<int:employer_id>/enrolments/<int:batch_id>/cards/", batches.cards, name="enrolment-cards"),
    path("<int:employer_id>/enrolments/<int:batch_id>/to-mend/", batches.to_mend, name="enrolment-to-mend"),
    path("<int:employer_id>/enrolments/rows/<int:enrolment_id>/", enrolment.enrolment, name="enrolment"),
    path("<int:employer_id>/enrolments/rows/<int:enrolment_id>/ask/", enrolment.ask, name="enrolment-ask"),
    path(
        "<int:employer_id>/enrolments/rows/<int:enrolment_id>/withdraw/", enrolment.withdraw, name="enrolment-withdraw"
    ),
    path("<int:employer_id>/enrolments/rows/<int:enrolment_id>/proof/", enrolment.proof, name="enrolment-proof"),
    path("<int:employer_id>/uploads/<int:upload_id>/", upload.upload, name="upload"),
    path("<int:employer_id>/uploads/<int:upload_id>/faults/", found.faults, name="faults"),
    path("<int:employer_id>/uploads/<int:upload_id>/changes/", found.changes, name="changes"),
    path("<int:employer_id>/uploads/<int:upload_id>/preview/", found.preview, name="preview"),
    path("<int:employer_id>/uploads/<int:upload_id>/annotated/", upload.annotated, name="annotated"),
    path("<int:employer_id>/uploads/<int:upload_id>/confirm/", upload.confirm, name="confirm"),
    path("<int:employer_id>/uploads/<int:upload_id>/cancel/", upload.cancel, name="cancel"),
    path("<int:employer_id>/bills/", bills.bills, name="bills"),
    path("<int:employer_id>/bills/credit/", money.credit, name="credit"),
    path("<int:employer_id>/bills/<int:bill_id>/", bills.bill, name="bill"),
    path("<int:employer_id>/bills/<int:bill_id>/workers/", bill_workers.workers, name="bill-workers"),
    path("<int:employer_id>/bills/<int:bill_id>/reissue/", bills.reissue, name="reissue"),
    path("<int:employer_id>/bills/<int:bill_id>/receipt/", bills.receipt, name="receipt"),
]
