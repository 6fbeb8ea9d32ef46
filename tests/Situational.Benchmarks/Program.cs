using System.Globalization;
using BenchmarkDotNet.Running;
using Situational.Benchmarks.Suite;
using Situational.Benchmarks.WholePath;

namespace Situational.Benchmarks;

/// <summary><c>suite</c> measures everything that the product is held to, <c>restart</c> a start after SIGKILL with a full city, <c>trails</c> the trails of a day or of so many days, <c>past</c> the pictures of past moments, <c>history</c> the same through the real host; anything else goes to the micro-benchmarks: <c>--filter '*'</c> for all of them.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        if (args is ["suite", .. var words])
            return await SuiteRun.RunAsync(words);
        if (args is ["restart"])
            await RestartBench.RunAsync();
        else if (args is ["trails"] or ["trails", _])
            await TrailBench.RunAsync(args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1);
        else if (args is ["past"])
            await PastBench.RunAsync();
        else if (args is ["history"])
            await HistoryBench.RunAsync();
        else
            BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
        return 0;
    }
}
