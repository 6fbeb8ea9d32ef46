using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Situational.Testing;

/// <summary>
/// The built host as a process of its own on a loopback port, with its own data folder: what tests of kills, restarts and whole
/// paths run against. The test project must reference Situational.Host, so that it is built beside the tests.
/// </summary>
/// <remarks>One caller at a time starts and stops it; reading its properties is safe from all threads.</remarks>
public sealed partial class HostProcess : IAsyncDisposable
{
    private readonly HostProcessOptions _options;
    private readonly bool _ownsDataFolder;
    private readonly Lock _gate = new();
    private readonly List<string> _output = [];
    private readonly List<string> _errors = [];
    private Process? _process;
    private int _outputAtStart;

    private HostProcess(HostProcessOptions options)
    {
        _options = options;
        _ownsDataFolder = options.DataFolder is null;
        DataFolder = options.DataFolder ?? Directory.CreateTempSubdirectory("situational-").FullName;
        BaseAddress = new Uri($"http://127.0.0.1:{(options.Port != 0 ? options.Port : FreePort())}/");
    }

    /// <summary>Where it listens, with a slash at the end.</summary>
    public Uri BaseAddress { get; }

    /// <summary>Its data folder.</summary>
    public string DataFolder { get; }

    /// <summary>The ingest key it made at its first start.</summary>
    public string Key => File.ReadAllText(Path.Combine(DataFolder, "ingest.key")).Trim();

    /// <summary>The link to the wall that the present process printed.</summary>
    public Uri WallLink => new(Line("Wall: "));

    /// <summary>The runtime that the present process printed: <c>embedded</c> or <c>orleans</c>.</summary>
    public string Runtime => Line("Runtime: ");

    /// <summary>Id of the present process.</summary>
    public int Id => Running.Id;

    /// <summary>True once the present process has ended.</summary>
    public bool HasExited => Running.HasExited;

    /// <summary>Everything all its processes wrote to stdout, a line each.</summary>
    public IReadOnlyList<string> Output
    {
        get
        {
            lock (_gate)
                return [.. _output];
        }
    }

    /// <summary>Everything all its processes wrote to stderr, a line each.</summary>
    public IReadOnlyList<string> Errors
    {
        get
        {
            lock (_gate)
                return [.. _errors];
        }
    }

    private Process Running => _process ?? throw new InvalidOperationException("The host was not started.");

    /// <summary>Starts it and waits until <c>/health</c> answers.</summary>
    public static async Task<HostProcess> StartAsync(HostProcessOptions? options = null, CancellationToken cancellationToken = default)
    {
        var host = new HostProcess(options ?? new HostProcessOptions());
        try
        {
            await host.LaunchAsync(cancellationToken);
            return host;
        }
        catch
        {
            await host.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs the host with those arguments until it ends by itself; for arguments it must refuse.</summary>
    public static async Task<HostExit> RunToExitAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken = default)
    {
        using var process = Process.Start(StartInfo(arguments, null))!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            await process.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
            return new HostExit(process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }

    /// <summary>A client of this host that carries the ingest key unless told otherwise. The caller disposes of it.</summary>
    public HttpClient CreateClient(bool withKey = true)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = BaseAddress };
        if (withKey)
            client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Key);
        return client;
    }

    /// <summary>SIGKILL; returns when the process is gone.</summary>
    public void Kill()
    {
        Running.Kill();
        Running.WaitForExit();
    }

    /// <summary>SIGTERM; returns the exit code when the process is gone.</summary>
    public async Task<int> StopAsync(CancellationToken cancellationToken = default)
    {
        if (!Running.HasExited)
            _ = SendSignal(Running.Id, SigTerm);
        await Running.WaitForExitAsync(cancellationToken).WaitAsync(TimeSpan.FromSeconds(60), cancellationToken);
        return Running.ExitCode;
    }

    /// <summary>Starts it again on the same port and data folder, after ending it if need be (SIGKILL), and waits until <c>/health</c> answers.</summary>
    public async Task RestartAsync(CancellationToken cancellationToken = default)
    {
        if (!Running.HasExited)
            Kill();
        Running.Dispose();
        await LaunchAsync(cancellationToken);
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
        if (_ownsDataFolder)
            Directory.Delete(DataFolder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private async Task LaunchAsync(CancellationToken cancellationToken)
    {
        var info = StartInfo(["--urls", BaseAddress.GetLeftPart(UriPartial.Authority), "--data", DataFolder, .. _options.Arguments], _options.ProgramFolder);
        foreach (var (name, value) in _options.Environment)
            info.Environment[name] = value;
        lock (_gate)
            _outputAtStart = _output.Count;
        var process = new Process { StartInfo = info };
        process.OutputDataReceived += (_, e) => Keep(_output, e.Data);
        process.ErrorDataReceived += (_, e) => Keep(_errors, e.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;

        using var client = new HttpClient { BaseAddress = BaseAddress, Timeout = TimeSpan.FromSeconds(5) };
        var started = Stopwatch.GetTimestamp();
        while (!await AnswersAsync(client, cancellationToken) || FindLine("Wall: ") is null || FindLine("Runtime: ") is null)
        {
            if (process.HasExited)
                throw new InvalidOperationException($"The host ended with code {process.ExitCode}.\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}");
            if (Stopwatch.GetElapsedTime(started) > _options.StartTimeout)
                throw new TimeoutException($"The host did not become healthy.\n{string.Join('\n', Output)}\n{string.Join('\n', Errors)}");
            await Task.Delay(20, cancellationToken);
        }
    }

    private static async Task<bool> AnswersAsync(HttpClient client, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await client.GetAsync("health", cancellationToken);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception exception) when (exception is HttpRequestException or SocketException)
        {
            return false;
        }
        catch (TaskCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    private static ProcessStartInfo StartInfo(IReadOnlyList<string> arguments, string? programFolder)
    {
        // artifacts/<runtime>/bin/<test project>/<configuration>/ -> artifacts/<runtime>/bin/Situational.Host/<configuration>/
        var here = new DirectoryInfo(AppContext.BaseDirectory);
        var folder = programFolder ?? Path.Combine(here.Parent!.Parent!.FullName, "Situational.Host", here.Name);
        var info = new ProcessStartInfo("dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            WorkingDirectory = folder,
        };
        info.ArgumentList.Add(Path.Combine(folder, "Situational.Host.dll"));
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        info.Environment["DOTNET_NOLOGO"] = "1";
        info.Environment.Remove("ASPNETCORE_URLS");
        info.Environment.Remove("ASPNETCORE_ENVIRONMENT");
        return info;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private void Keep(List<string> lines, string? line)
    {
        if (line is null)
            return;
        lock (_gate)
            lines.Add(line);
    }

    private string Line(string prefix) => FindLine(prefix) ?? throw new InvalidOperationException($"The host printed no line '{prefix}…'.");

    private string? FindLine(string prefix)
    {
        lock (_gate)
        {
            for (var i = _outputAtStart; i < _output.Count; i++)
                if (_output[i].StartsWith(prefix, StringComparison.Ordinal))
                    return _output[i][prefix.Length..];
            return null;
        }
    }

    private const int SigTerm = 15;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int SendSignal(int pid, int signal);
}

/// <summary>How a host that ended by itself ended.</summary>
public sealed record HostExit(int Code, string Output, string Errors);
