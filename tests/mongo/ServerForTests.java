import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import java.net.InetSocketAddress;

/** A server in memory on a free port of this machine. It prints the port, and ends when its standard input ends: with the
    test that started it, however that test ends. */
class ServerForTests {
  public static void main(String[] arguments) throws Exception {
    MongoServer server = new MongoServer(new MemoryBackend());
    server.bind(new InetSocketAddress("127.0.0.1", 0));
    System.out.println(server.getLocalAddress().getPort());
    System.out.flush();
    while (System.in.read() >= 0) {
    }
    Runtime.getRuntime().halt(0);
  }
}
