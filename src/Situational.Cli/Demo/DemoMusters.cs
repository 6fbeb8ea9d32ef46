using Situational.Contracts.Http;

namespace Situational.Cli.Demo;

/// <summary>What an invented department answers to a whistle: most come and do their part, some are not responsible, some are slow, a few never answer.</summary>
/// <param name="catalogue">The city's catalogue.</param>
/// <param name="patrols">The units on patrol.</param>
/// <param name="random">Draws.</param>
internal sealed class DemoMusters(DemoCatalogue catalogue, DemoPatrols patrols, Random random)
{
    /// <summary>What a department says next; null when it says nothing more.</summary>
    public DemoMove? Next(CaseAnswer one, WhistleAnswer whistle, MusterAnswer muster) => muster.State switch
    {
        "notified" => Answer(whistle, muster),
        "acknowledged" => Say(whistle, muster, "en-route", "已出发", 25),
        "en-route" => Say(whistle, muster, "arrived", "已到场", 150, patrols.Nearest(one)),
        "arrived" => Say(whistle, muster, "done", "本部门任务完成", 240),
        _ => null,
    };

    private DemoMove? Answer(WhistleAnswer whistle, MusterAnswer muster)
    {
        var draw = random.NextDouble();
        if (draw < 0.05)
            return null;
        if (draw < 0.1)
            return Say(whistle, muster, "acknowledged", "收到，稍后答复", 900);
        var others = catalogue.Departments.Where(d => whistle.Musters.All(m => m.Department != d)).ToList();
        if (draw >= 0.18 || others.Count == 0)
            return Say(whistle, muster, "acknowledged", "收到", 20);
        var refusal = Say(whistle, muster, "refused", "", 40);
        return refusal with
        {
            Said = refusal.Said with { Note = null, Reason = DemoPeople.Say("非本部门职责"), CounterProposal = others[random.Next(others.Count)] },
        };
    }

    private DemoMove Say(WhistleAnswer whistle, MusterAnswer muster, string state, string note, double meanSeconds, string? unit = null) => new(
        "muster",
        new(DemoPeople.Department(muster.Department), DemoPeople.Say(note), Whistle: whistle.Number, Department: muster.Department, State: state, Unit: unit),
        DemoPause.Of(random, meanSeconds));
}
