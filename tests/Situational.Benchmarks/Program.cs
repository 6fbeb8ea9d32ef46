using BenchmarkDotNet.Running;

namespace Situational.Benchmarks;

/// <summary>Runs the micro-benchmarks: <c>--filter '*'</c> for all of them.</summary>
internal static class Program
{
    private static void Main(string[] args) => BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
}
