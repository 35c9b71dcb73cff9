import java.io.FileInputStream;
import java.util.TreeMap;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Checks PDF files with veraPDF's library: first argument the standards (ua1,2a), then the files. */
public class Check {
  public static void main(String[] words) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    for (int n = 1; n < words.length; n++) {
      for (String name : words[0].split(",")) {
        check(words[n], PDFAFlavour.fromString(name));
      }
    }
  }

  private static void check(String file, PDFAFlavour flavour) throws Exception {
    try (FileInputStream data = new FileInputStream(file);
        PDFAParser parser = Foundries.defaultInstance().createParser(data, flavour)) {
      ValidationResult result =
          Foundries.defaultInstance().createValidator(flavour, false).validate(parser);
      System.out.println((result.isCompliant() ? "PASS " : "FAIL ") + flavour + " " + file);
      TreeMap<String, String> faults = new TreeMap<>();
      for (TestAssertion one : result.getTestAssertions()) {
        if (one.getStatus() == TestAssertion.Status.FAILED) {
          faults.put(one.getRuleId().getClause() + "-" + one.getRuleId().getTestNumber(),
              one.getMessage());
        }
      }
      faults.forEach((rule, message) -> System.out.println("  " + rule + " " + message));
    }
  }
}
