"""Files sent to the server: received into a folder of the case, then read by a process of its own, upload by upload.

case/uploads/ID/upload.json      what was sent, how far it is read, what came of it
case/uploads/ID/1/report.txt     the first file, until it has been read
"""
