"""Hostile and normal requests, mixed, against one server for as long as is asked.

`python -m benchmarks.soak --minutes 10` starts `ssc-kg serve`, sends it both kinds, and
ends with a table and a status that is not 0 if anything of what follows happened:

- a normal request got a wrong answer, or a hostile one another end than it may have;
- a request was lost: it failed by something other than its own limit or a full queue;
- the server's memory grew, or descriptors or worker processes were left over;
- a worker had more memory than it may.

    normal      what is asked, with the right answers, found in this process beforehand
    hostile     what is sent to hurt, with the ends that it may have
    client      sends both, reads slowly, and goes away in the middle
    load        clients of both kinds, each of which goes on until its time is up
    record      what came of the requests
    processes   memory and descriptors of the server and its workers
    verdict     what all that says about the server; pure
    run         phases: the mix to warm up, a rest, the mix, a rest
"""
