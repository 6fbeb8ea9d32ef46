using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>A case that the demo deals with.</summary>
/// <param name="last">The case as it was last seen.</param>
/// <param name="slow">Whether nobody hurries: it takes so long that its deadlines approach and pass.</param>
internal sealed class DemoCase(CaseAnswer last, bool slow)
{
    private const int Patience = 40;
    private readonly HashSet<(int Whistle, string Department)> _called = [];
    private int _waited;

    /// <summary>The case as it was last seen.</summary>
    public CaseAnswer Last { get; set; } = last;

    /// <summary>Refusals in a row.</summary>
    public int Refused { get; set; }

    /// <summary>Departments that said that they come and have not done their part.</summary>
    public int Expected { get; set; }

    /// <summary>How much longer than usual everything takes.</summary>
    public double Slowness => slow ? 12 : 1;

    /// <summary>Whether it is open.</summary>
    public bool IsOpen => Last.Stage is not ("closed" or "rejected" or "merged");

    /// <summary>Departments that were called and that nobody answers for yet; each is told once.</summary>
    public IEnumerable<(WhistleAnswer Whistle, MusterAnswer Muster)> NewlyCalled()
    {
        foreach (var whistle in Last.Whistles)
            foreach (var muster in whistle.Musters)
                if (muster.State is not ("done" or "refused" or "dismissed") && _called.Add((whistle.Number, muster.Department)))
                    yield return (whistle, muster);
    }

    /// <summary>A department's muster as it was last seen; null when the whistle does not call it.</summary>
    public (WhistleAnswer Whistle, MusterAnswer Muster)? MusterOf(int whistle, string department)
    {
        foreach (var one in Last.Whistles)
            if (one.Number == whistle)
                foreach (var muster in one.Musters)
                    if (muster.Department == department)
                        return (one, muster);
        return null;
    }

    /// <summary>Whether to wait for the departments once more: not for ever.</summary>
    public bool WaitsOnce() => Expected > 0 && ++_waited <= Patience;
}
