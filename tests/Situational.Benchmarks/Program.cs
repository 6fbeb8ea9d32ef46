using BenchmarkDotNet.Running;
using Situational.Benchmarks.WholePath;

namespace Situational.Benchmarks;

/// <summary><c>path</c> measures the whole path through the real host; anything else goes to the micro-benchmarks: <c>--filter '*'</c> for all of them.</summary>
internal static class Program
{
    private static async Task Main(string[] args)
    {
        if (args is ["path"])
            await PathBench.RunAsync();
        else
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    }
}
