using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Text;

namespace Situational.Testing;

/// <summary>
/// A real <c>redis-server</c> from the PATH as a process of its own on a loopback port, with its own folder and, unless told otherwise, an
/// append-only file: what tests kill, pause and restart.
/// </summary>
/// <remarks>One caller at a time starts and stops it; commands may be sent from all threads.</remarks>
public sealed partial class RedisServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly RedisServerOptions _options;
    private readonly List<string> _log = [];
    private Process? _process;

    private RedisServer(RedisServerOptions options)
    {
        _options = options;
        Folder = Directory.CreateTempSubdirectory("situational-redis-").FullName;
    }

    /// <summary>Its folder, removed on dispose.</summary>
    public string Folder { get; }

    /// <summary>Its port on 127.0.0.1; the same after a restart.</summary>
    public int Port { get; private set; }

    /// <summary>What <c>Situational:Storage:Redis:Address</c> takes.</summary>
    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    /// <summary>The file that new commands are appended to.</summary>
    public string AppendOnlyFile => Directory.GetFiles(Path.Combine(Folder, "appendonlydir"), "*.incr.aof").Single();

    /// <summary>What it wrote to its log, a line each.</summary>
    public IReadOnlyList<string> Log
    {
        get
        {
            lock (_log)
                return [.. _log];
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException("Redis was not started.");

    /// <summary>Starts one on a free port and waits until it answers.</summary>
    /// <exception cref="InvalidOperationException">There is none on the PATH, or it ended.</exception>
    public static async Task<RedisServer> StartAsync(RedisServerOptions? options = null, CancellationToken cancellationToken = default)
    {
        var server = new RedisServer(options ?? new RedisServerOptions());
        try
        {
            // Another process may take the port between the look and the start.
            for (var attempt = 1; ; attempt++)
            {
                server.Port = FreePort();
                if (await server.TryLaunchAsync(cancellationToken))
                    return server;
                if (attempt == 10)
                    throw new InvalidOperationException($"redis-server does not start.\n{string.Join('\n', server.Log)}");
            }
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public void Kill()
    {
        Running.Kill();
        Running.WaitForExit();
    }

    /// <summary>SIGSTOP: it keeps its sockets and answers nothing.</summary>
    public void Pause() => Signal(SigStop);

    /// <summary>SIGCONT.</summary>
    public void Continue() => Signal(SigCont);

    /// <summary>Starts it again on the same port and folder, after ending it if need be (SIGKILL), and waits until it has read its files.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (!Running.HasExited)
            Kill();
        var begun = Stopwatch.GetTimestamp();
        while (!await TryLaunchAsync(cancellationToken))
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new InvalidOperationException($"redis-server does not start again.\n{string.Join('\n', Log)}");
    }

    /// <summary>Returns when its append-only file holds everything: while an fsync runs, <c>everysec</c> puts off the writing itself.</summary>
    public async Task WrittenAsync(CancellationToken cancellationToken = default)
    {
        var begun = Stopwatch.GetTimestamp();
        string info;
        while (!(info = await CommandAsync(["INFO", "persistence"], cancellationToken)).Contains("\naof_buffer_length:0\r", StringComparison.Ordinal))
        {
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new TimeoutException($"redis-server does not write its file.\n{info}");
            await Task.Delay(10, cancellationToken);
        }
    }

    /// <summary>The limit of its memory in bytes; 0 for none.</summary>
    public async Task SetMaxMemoryAsync(long bytes, CancellationToken cancellationToken = default) =>
        await CommandAsync(["CONFIG", "SET", "maxmemory", bytes.ToString(CultureInfo.InvariantCulture)], cancellationToken);

    /// <summary>Bytes of memory in use.</summary>
    public async Task<long> UsedMemoryAsync(CancellationToken cancellationToken = default)
    {
        var info = await CommandAsync(["INFO", "memory"], cancellationToken);
        var line = info.Split('\n').First(l => l.StartsWith("used_memory:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan("used_memory:".Length).Trim(), CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a command on a connection of its own; returns the answer as text, the items of an array a line each.</summary>
    /// <exception cref="InvalidOperationException">Redis answered with an error.</exception>
    public async Task<string> CommandAsync(string[] words, CancellationToken cancellationToken = default)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        await using var stream = client.GetStream();
        if (_options.Password is { } password)
        {
            await WriteAsync(stream, ["AUTH", password], cancellationToken);
            await ReadAsync(stream, cancellationToken);
        }
        await WriteAsync(stream, words, cancellationToken);
        return await ReadAsync(stream, cancellationToken);
    }

    /// <inheritdoc />
    public ValueTask DisposeAsync()
    {
        if (_process is { } process)
        {
            if (!process.HasExited)
                Kill();
            process.Dispose();
        }
        Directory.Delete(Folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task<bool> TryLaunchAsync(CancellationToken cancellationToken)
    {
        _process?.Dispose();
        var info = new ProcessStartInfo("redis-server") { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder };
        string[] own =
        [
            "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--dir", Folder, "--daemonize", "no", "--save", "",
            "--appendonly", _options.AppendOnly ? "yes" : "no", "--appendfsync", _options.AppendFsync, "--enable-debug-command", "yes",
        ];
        foreach (var argument in own.Concat(_options.Password is { } password ? ["--requirepass", password] : []).Concat(_options.Arguments))
            info.ArgumentList.Add(argument);
        var process = new Process { StartInfo = info };
        process.OutputDataReceived += Keep;
        process.ErrorDataReceived += Keep;
        try
        {
            process.Start();
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            throw new InvalidOperationException("These tests need redis-server on the PATH: install the package redis-server.", e);
        }
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        var begun = Stopwatch.GetTimestamp();
        while (!process.HasExited)
        {
            if (await AnswersAsync(process, cancellationToken))
                return true;
            if (Stopwatch.GetElapsedTime(begun) > Patience)
                throw new TimeoutException($"redis-server does not answer.\n{string.Join('\n', Log)}");
            await Task.Delay(10, cancellationToken);
        }
        return false;
    }

    /// <summary>Whether this very process answers, and not another that has the port.</summary>
    private async Task<bool> AnswersAsync(Process process, CancellationToken cancellationToken)
    {
        try
        {
            var info = await CommandAsync(["INFO"], cancellationToken);
            return info.Contains($"process_id:{process.Id}\r", StringComparison.Ordinal) && info.Contains("\nloading:0", StringComparison.Ordinal);
        }
        catch (Exception e) when (e is SocketException or IOException or InvalidOperationException)
        {
            return false;
        }
    }

    private void Keep(object sender, DataReceivedEventArgs line)
    {
        if (line.Data is not { } text)
            return;
        lock (_log)
            _log.Add(text);
    }

    private void Signal(int signal)
    {
        if (SendSignal(Running.Id, signal) != 0)
            throw new InvalidOperationException($"Signal {signal} could not be sent to redis-server.");
    }

    private static async Task WriteAsync(NetworkStream stream, string[] words, CancellationToken cancellationToken)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"*{words.Length}\r\n");
        foreach (var word in words)
            text.Append(CultureInfo.InvariantCulture, $"${Encoding.UTF8.GetByteCount(word)}\r\n{word}\r\n");
        await stream.WriteAsync(Encoding.UTF8.GetBytes(text.ToString()), cancellationToken);
    }

    private static async Task<string> ReadAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = await ReadLineAsync(stream, cancellationToken);
        switch (line[0])
        {
            case '-':
                throw new InvalidOperationException(line[1..]);
            case '$':
                var length = int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture);
                if (length < 0)
                    return "";
                var bytes = new byte[length + 2];
                await stream.ReadExactlyAsync(bytes, cancellationToken);
                return Encoding.UTF8.GetString(bytes, 0, length);
            case '*':
                var items = new string[Math.Max(0, int.Parse(line.AsSpan(1), CultureInfo.InvariantCulture))];
                for (var i = 0; i < items.Length; i++)
                    items[i] = await ReadAsync(stream, cancellationToken);
                return string.Join('\n', items);
            default:
                return line[1..];
        }
    }

    private static async Task<string> ReadLineAsync(NetworkStream stream, CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        var one = new byte[1];
        while (line.Length < 2 || line[^1] != '\n')
        {
            await stream.ReadExactlyAsync(one, cancellationToken);
            line.Append((char)one[0]);
        }
        return line.ToString().TrimEnd();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private const int SigStop = 19;
    private const int SigCont = 18;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}
