namespace Orleans.Configuration;

/// <summary>Who the silo is.</summary>
public class SiloOptions
{
    /// <summary>Its name; a new one at every start by default.</summary>
    public string SiloName { get; set; } = $"Silo_{Guid.NewGuid().ToString("N")[..5]}";
}
