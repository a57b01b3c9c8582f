"""The outermost layer: answers monitors before anything else, and observes every other request.

It stands before the layers that check the host's name, lead on to https, and open a transaction,
so that a monitor may ask by number, over plain http, while the database is away.
"""

import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from clusterwerk.platform.observing import numbers, requests, urls

Respond = Callable[[HttpRequest], HttpResponseBase]


def observing(get_response: Respond) -> Respond:
    monitors: dict[str, Respond] = {
        f"/{pattern.pattern}": pattern.callback for pattern in urls.urlpatterns
    }

    def respond(request: HttpRequest) -> HttpResponseBase:
        answer = monitors.get(request.path_info)
        if answer:
            return answer(request)
        with numbers.numbered() as number:
            start = time.perf_counter()
            response = get_response(request)
            requests.note(request, response, time.perf_counter() - start)
        response.headers[numbers.HEADER] = number
        return response

    return respond
