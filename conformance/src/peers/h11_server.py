"""A server on h11: it answers 200 to what h11 reads, and with h11's status hint to what it refuses."""
import socket
import sys
import threading

import h11


def serve(sock):
    connection = h11.Connection(h11.SERVER)
    try:
        while True:
            event = connection.next_event()
            if event is h11.NEED_DATA:
                data = sock.recv(65536)
                connection.receive_data(data)
            elif isinstance(event, h11.EndOfMessage):
                body = b"ok"
                answer(sock, connection, 200, body)
                if connection.our_state is h11.MUST_CLOSE:
                    return
                if connection.their_state is not h11.DONE:
                    return
                connection.start_next_cycle()
            elif isinstance(event, h11.ConnectionClosed):
                return
            elif event is h11.PAUSED:
                return
    except h11.RemoteProtocolError as error:
        if connection.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            try:
                answer(sock, connection, error.error_status_hint, b"no")
            except h11.ProtocolError:
                pass
    except OSError:
        pass
    finally:
        close(sock)


def answer(sock, connection, status, body):
    headers = [("Content-Length", str(len(body)))]
    if status >= 400:
        headers.append(("Connection", "close"))
    sock.sendall(connection.send(h11.Response(status_code=status, headers=headers)) or b"")
    sock.sendall(connection.send(h11.Data(data=body)) or b"")
    sock.sendall(connection.send(h11.EndOfMessage()) or b"")


def close(sock):
    try:
        sock.shutdown(socket.SHUT_WR)
        sock.settimeout(1)
        while sock.recv(65536):
            pass
    except OSError:
        pass
    sock.close()


listener = socket.create_server(("127.0.0.1", int(sys.argv[1])))
while True:
    threading.Thread(target=serve, args=(listener.accept()[0],), daemon=True).start()
