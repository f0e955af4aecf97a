namespace SdCompiler.Runtime;

/// <summary>Who holds newer values of a model's parameters than its own memory does: a trainer on a device.</summary>
internal interface IParameterHost
{
    /// <summary>Copies the newest values of all parameters into the model's memory.</summary>
    void BringHome();
}
