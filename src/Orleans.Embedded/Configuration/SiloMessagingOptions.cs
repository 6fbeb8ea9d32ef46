namespace Orleans.Configuration;

/// <summary>How a silo, and whoever shares its process, sends calls.</summary>
public class SiloMessagingOptions : MessagingOptions;
