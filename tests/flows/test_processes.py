from __future__ import annotations

import os
import signal
import subprocess
import sys
from contextlib import suppress

import pytest

CHILD = "import time\nfrom flows.processes import end_with_parent\nend_with_parent()\nprint('up', flush=True)\ntime.sleep(60)\n"
PARENT = (
    "import subprocess, sys\nchild = subprocess.Popen([sys.executable, '-P', '-c', sys.argv[1]], start_new_session=True)\n"
    "print(child.pid, flush=True)\nchild.wait()\n"
)
ALONE = (
    "import os\nfrom flows.processes import leave_terminal\nbefore = os.getsid(0)\n"
    "leave_terminal()\nleave_terminal()\nprint(before == os.getsid(0), os.getsid(0) == os.getpid())\n"
)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a process that its parent is gone")
def test_a_process_ends_when_the_one_that_started_it_is_killed() -> None:
    command = [sys.executable, "-P", "-c", PARENT, CHILD]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        pid, up = int(parent.stdout.readline()), parent.stdout.readline()
        try:
            assert up == "up\n"
            parent.kill()
            assert parent.stdout.read() == ""  # the pipe closes when the child, which holds it too, is gone
        finally:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)


@pytest.mark.parametrize(("leads_already", "said"), [(False, "False True"), (True, "True True")])
def test_who_leaves_the_terminal_has_a_session_of_its_own(leads_already: bool, said: str) -> None:
    command = [sys.executable, "-P", "-c", ALONE]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, check=True, start_new_session=leads_already)
    assert done.stdout.strip() == said
