"""A firm's workers: joining, leaving, what the registry says of them."""

from tests.journeys.acts import new_worker, pressed, typed
from tests.journeys.looks import Visit
from tests.journeys.pages.addresses import (
    BATCH,
    BATCH_ROUTE,
    BILL,
    BILL_ROUTE,
    EXITS_ROUTE,
    FILES_ROUTE,
    FIRM,
    HIRES,
    KIND_ROUTE,
    PREVIEW_ROUTE,
    ROUTE,
    ROW,
    ROW_ROUTE,
    UPLOAD_ROUTE,
    WORKER_FILE,
    WORKER_ROUTE,
    WORKERS,
)

VISITS = [
    Visit("bill by worker", "public", f"{BILL_ROUTE}workers/", BILL + "{bills[paid][id]}/workers/", "clerk"),
    Visit("bill by many workers", "public", f"{BILL_ROUTE}workers/", "{big_bill}workers/", "clerk"),
    Visit("firm that hires", "public", ROUTE, HIRES, "clerk"),
    Visit("workers", "public", WORKERS, f"{HIRES}workers/", "clerk"),
    *(
        Visit(f"workers, {state}", "public", WORKERS, f"{HIRES}workers/?state={state}", "clerk")
        for state in ("waiting", "mend")
    ),
    Visit("workers who left", "public", WORKERS, f"{HIRES}workers/?state=left&ended=2", "clerk"),
    Visit("many workers", "public", WORKERS, "/employer/{busy}/workers/?page=2", "clerk"),
    Visit("no workers who left", "public", WORKERS, "/employer/{fresh}/workers/?state=left", "clerk"),
    Visit("a worker found", "public", WORKERS, f"{HIRES}workers/", "clerk", act=typed(searched="{worker_name}")),
    Visit("no worker found", "public", WORKERS, f"{HIRES}workers/", "clerk", act=typed(searched="siapa pun")),
    Visit("one new worker", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk"),
    Visit("new worker, nothing told", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk", 422, act=typed()),
    Visit("new worker, warned", "public", f"{WORKERS}new/", f"{HIRES}workers/new/", "clerk", 422, act=new_worker),
    Visit("files about workers", "public", FILES_ROUTE, f"{HIRES}workers/files/", "clerk"),
    Visit("no files about workers", "public", FILES_ROUTE, "/employer/{fresh}/workers/files/", "clerk"),
    Visit("no workers' file", "public", KIND_ROUTE, f"{HIRES}workers/files/exits/", "clerk", 422, act=typed()),
    *(
        Visit(f"workers' file {name}", "public", UPLOAD_ROUTE, f"{WORKER_FILE}{{worker_files[{name}]}}/", "clerk")
        for name in ("faulty", "clean", "cards", "leaving", "left", "changing", "corrected", "working")
    ),
    Visit(
        "workers' warnings not read",
        "public",
        UPLOAD_ROUTE,
        WORKER_FILE + "{worker_files[clean]}/",
        "clerk",
        422,
        act=pressed("confirm"),
    ),
    Visit(
        "workers' faults", "public", f"{UPLOAD_ROUTE}faults/", WORKER_FILE + "{worker_files[faulty]}/faults/", "clerk"
    ),
    *(
        Visit(f"preview of {name}", "public", PREVIEW_ROUTE, f"{WORKER_FILE}{{worker_files[{name}]}}/preview/", "clerk")
        for name in ("clean", "leaving")
    ),
    Visit("booked file is a list", "public", BATCH_ROUTE, WORKER_FILE + "{worker_files[part]}/", "clerk"),
    *(
        Visit(f"list {name}", "public", BATCH_ROUTE, f"{BATCH}{{batches[{name}]}}/", "clerk")
        for name in ("typed", "put_off", "fresh")
    ),
    Visit("list, to correct", "public", BATCH_ROUTE, BATCH + "{batches[answered]}/?state=to_correct", "clerk"),
    Visit("list, standing still", "public", BATCH_ROUTE, BATCH + "{batches[fresh]}/?still=1", "clerk"),
    *(
        Visit(f"row {name}", "public", ROW_ROUTE, f"{ROW}{{rows[{name}]}}/", "clerk")
        for name in (
            "enrolled_match",
            "enrolled_known",
            "waiting_fresh",
            "waiting_unavailable_quota",
            "to_correct_not_found",
            "to_resolve_duplicate",
            "card",
            "named",
            "withdrawn",
            "withdrawn_replaced",
        )
    ),
    Visit("row, all to mend", "public", ROW_ROUTE, ROW + "{rows[named]}/?all=1", "clerk"),
    Visit(
        "row, mended wrongly",
        "public",
        ROW_ROUTE,
        ROW + "{rows[named]}/",
        "clerk",
        422,
        act=typed(name="", nik="12 34"),
    ),
    Visit("leavers", "public", f"{WORKERS}leavers/", f"{HIRES}workers/leavers/?nobody=1", "clerk"),
    Visit("one leaves", "public", EXITS_ROUTE, HIRES + "workers/exits/?worker={works[over]}", "clerk"),
    Visit(
        "two leave",
        "public",
        EXITS_ROUTE,
        HIRES + "workers/exits/?worker={works[active]}&worker={works[another]}",
        "clerk",
        422,
        act=typed(),
    ),
    *(
        Visit(f"worker {name}", "public", WORKER_ROUTE, f"{HIRES}workers/{{works[{name}]}}/{said}", "clerk")
        for name, said in (("active", "?changed=changed-left_to_worker"), ("left", "?changed=exit"), ("over", ""))
    ),
    Visit("worker with account", "public", WORKER_ROUTE, FIRM + "workers/{told_worker}/", "clerk"),
    Visit("worker without account", "public", WORKER_ROUTE, FIRM + "workers/{quiet_worker}/", "clerk"),
    Visit("worker of another firm", "public", "", FIRM + "workers/{works[active]}/", "clerk", 404),
    Visit(
        "correct with account", "public", f"{WORKER_ROUTE}correct/", FIRM + "workers/{told_worker}/correct/", "clerk"
    ),
    Visit(
        "corrected wrongly",
        "public",
        f"{WORKER_ROUTE}correct/",
        FIRM + "workers/{quiet_worker}/correct/",
        "clerk",
        422,
        act=typed(phone="021", email="siti@@contoh"),
    ),
]
