using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using SdCompiler.Samples.GpuCheck.Models;
using SdCompiler.Samples.GpuCheck.Verifying;

namespace SdCompiler.Samples.GpuCheck.Commands;

/// <summary>Runs every case of verification and prints a line for each.</summary>
internal static class VerifyCommand
{
    /// <summary>Runs the command.</summary>
    /// <param name="context">What was asked for.</param>
    /// <returns>The exit code.</returns>
    public static int Run(CheckContext context)
    {
        CheckOptions options = context.Options;
        long first = options.Seed ?? Random.Shared.Next(1_000_000);
        context.Output.WriteLine(FormattableString.Invariant(
            $"verify: {context.Device.Name}, driver for CUDA {context.Device.DriverVersion}; seeds {first} to {first + options.Seeds - 1}; limits 1e-5 (fp32), 1e-3 (tf32)"));
        LiveTable table = new(
            context.Output, ("model", -8), ("regime", -16), ("products", -8), ("seed", 7), ("loss", 8), ("gradient", 8), ("state", 8), ("weights", 8),
            ("evaluate", 8), ("again", -5), ("mask off", 8), ("result", -6));
        table.Begin();
        int passed = 0, failed = 0;
        foreach (VerificationCase item in Cases(options, ModelChoice.Verified(options), first))
        {
            CaseResult result = item.Run();
            (passed, failed) = result.Passes ? (passed + 1, failed) : (passed, failed + 1);
            table.Add(
                item.Model.Name, RegimeNames.Of(item.Regime), item.IsTensorFloat32 ? "tf32" : "fp32", item.Seed.ToString(CultureInfo.InvariantCulture),
                Text(result.Loss), Text(result.Gradient), Text(result.State), Text(result.Weights), Text(result.Evaluation) + (result.CountsAgree ? "" : " counts"),
                result.IsRepeatable ? "same" : "other", result.WrongMask is double wrong ? Text(wrong) : "-", result.Passes ? "PASS" : "FAIL");
        }

        context.Output.WriteLine(FormattableString.Invariant($"{passed} passed, {failed} failed"));
        return failed == 0 ? ExitCodes.Success : ExitCodes.Failure;
    }

    private static IEnumerable<VerificationCase> Cases(CheckOptions options, IEnumerable<CheckModel> models, long first) =>
        from model in models
        from regime in model.Regimes
        from precision in options.Precisions
        from seed in Enumerable.Range(0, Math.Min(options.Seeds, model.MostSeeds))
        select new VerificationCase(model, regime, precision == "tf32", first + seed, options.Device);

    private static string Text(double difference) => difference.ToString("0.0e-00", CultureInfo.InvariantCulture);
}
